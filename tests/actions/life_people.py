"""Who works at the small hall, by post, as DOMAIN.md 5.5 and 9.4 have it."""

LED = "信联办"
UNIT = {
    "李敏": LED,
    "周航": LED,
    "吴芳": LED,
    "何平": LED,
    "赵强": "城建办",
    "孙浩": "综合行政执法队",
    "陈静": "榕东社区",
    "梁燕": "南塘社区",
    "郑伟": "青榕街道",
    "王磊": "青榕街道",
    "冯丽": "党政综合办",
    "秦岚": "纪工委",
    "许诺": "党政综合办",
    "高远": "纪工委",
}
PEOPLE = tuple(UNIT)
DESKS = ("李敏", "周航", "吴芳", "何平")  # of the hall: one takes over from another
CHIEF = "王磊"
INSPECTORS = "纪工委"
LEADERS = {"郑伟", CHIEF}
KEEPERS = LEADERS | {"秦岚"}
OVERSEERS = KEEPERS | {"周航", "吴芳", "何平", "冯丽"}
FRONT = {"李敏", "周航", "赵强", "孙浩", "陈静", "梁燕"}
HANDLERS = FRONT | {"秦岚"}
CENTRE = {"周航"}
OFFICE = {"冯丽"}
WORKING = set(PEOPLE) - {"许诺", "高远"}  # neither keeps the machine nor checks the log
