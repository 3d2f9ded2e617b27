"""Words that mean the same in an appeal, say nothing of it, or say which way it wants (同义词).

Data for `rules.likeness`: one line per thing, its names in everyday speech after it. Whoever adds
a word adds it here and runs `python -m benchmarks.repeats`, which says what became better or worse.
"""

from collections.abc import Mapping
from types import MappingProxyType

_MEANINGS = """
电梯 升降梯 轿厢
加装电梯 加梯 装电梯 增设电梯
路灯 街灯 灯杆 照明灯
楼道灯 声控灯 走廊灯 感应灯
垃圾 废弃物 废品
垃圾桶 果皮箱 垃圾箱
清运 收运 拉走 运走 清走 转运
小广告 牛皮癣 乱张贴 小卡片 广告纸
流浪狗 流浪犬 野狗 无主犬
狗 犬 大狗 恶犬 宠物犬
油烟 烟气 炒菜味 油烟味
异味 臭味 恶臭 臭气 气味 味道 刺鼻 难闻
噪声 噪音 吵 吵闹 嘈杂 吵人 声响 扰民
积水 水浸 内涝 淹水 存水
堵塞 堵了 淤堵 排不出 不通 堵死
返水 倒灌 冒水 反水 外溢 溢出
漏水 渗水 滴水 渗漏 洇水 浸水
摊贩 流动摊贩 小贩 地摊 摆摊 摊点 游商 摊位
占道 占路 占用人行道 挡路
乱停 违停 违章停车 乱停放
车位 停车位 泊位
消防通道 消防车道 生命通道 逃生通道 疏散通道
堆放 堆满 堆积 堆着 堆了 码放
杂物 废旧物品 旧家具 破烂
共享单车 单车 小黄车
施工 工地 打桩 作业
夜里 夜间 半夜 深夜 凌晨 晚上 夜晚 后半夜
广场舞 跳舞
音响 喇叭 音箱 高音喇叭
空调外机 外机 空调主机
物业 物管 物业公司 管理处
物业费 管理费
公示 公布 公开 晒出
明细 账目 收支 账本
维修资金 维修基金 大修基金
楼顶 屋顶 屋面 顶楼 天台 房顶
违建 违章建筑 私搭乱建 搭建 铁皮房 加盖 违法建设
外墙 墙皮 瓷砖 墙砖
脱落 掉落 掉下来 剥落 往下掉
装修 电钻 敲墙 砸墙
路面 马路 路上
塌陷 坑洼 凹陷 大坑 下沉 坑
井盖 窨井盖 阴井盖
缺失 丢失 不见了 被偷
坏了 故障 损坏 失灵 不能用 停运 停用 瘫痪 出毛病 坏掉
不亮 熄灭 黑着 一片黑 黑灯瞎火
困人 被困 困住 关在里面
停水 没水 断水 没有水
停电 断电 没电 跳闸
下水道 排水管 污水管 地漏 排水口
预付卡 储值卡 会员卡 充值卡
退款 退钱 退费 退卡
关门 倒闭 跑路 停业 闭店 人去楼空
过期 变质 超过保质期
缺斤少两 缺斤短两 短斤 短秤
欠薪 拖欠工资 没发工资 工钱 工资 薪水
工伤 干活摔伤 上班受伤
社保 社会保险
低保 最低生活保障
老年食堂 助餐点 长者饭堂 老人食堂
坡道 斜坡 无障碍通道 无障碍
消防栓 消火栓
咬伤 咬人 咬了
牵绳 拴绳 牵引绳
摄像头 监控 探头
赡养 生活费 养老钱
飞线 飞线充电 私拉电线 拉电线 乱拉电线
电动车 电瓶车 电单车
树枝 大树 树木 树杈
修剪 剪枝 砍枝
蚊虫 蚊子 苍蝇 蟑螂
老鼠 鼠患 耗子
健身器材 健身器械 锻炼器材
高空抛物 往下扔 楼上扔 扔下来
群租 隔断 打隔断
棋牌室 麻将馆 麻将室
早市 早集 早间市场
夜市 夜间市场
燃气 煤气 天然气
公厕 公共厕所 厕所
门禁 单元门 楼道门
水压 水流小 水小
黄水 水浑 水质 水发黄
红绿灯 信号灯
斑马线 人行横道
栏杆 护栏 围栏
小孩 孩子 儿童 娃
老人 老年人 老太太 老大爷
邻居 隔壁 对门
楼上 楼上住户 楼上人家
商铺 店铺 门店 门面
饭店 餐馆 餐厅 饭馆 早餐店
超市 便利店 小卖部
摔倒 滑倒 绊倒 摔跤 摔了
漏电 带电 触电 麻手
裸露 外露 露着
拖欠 欠着 不给 没结清 没给
退不了 不退 不给退 拒绝退
没人管 没人理 无人管 推诿 踢皮球
开裂 裂缝 裂了 裂口
"""

# whom it troubles, when and near whom: two appeals are not about one thing because of these
_AROUND = "老人 小孩 夜里 邻居 楼上 商铺 没人管 物业 摔倒"

# said in nearly every appeal
_FILLERS = """
请求 恳请 希望 要求 盼望 盼 请 麻烦 帮忙 帮助 尽快 尽早 马上 立即 赶紧 及时 处理 解决 协调 核实
反映 投诉
居民 住户 业主 市民 群众 大家 我们 我家 本人 小区 附近 旁边 门口 里面 这里 那里 地方 现在 目前
一直 已经 多次
有关部门 相关部门 街道 社区 领导 工作人员 情况 问题 影响 生活 休息 严重 非常 十分 特别 不便 方便
出行 安全 隐患
谢谢 您好 你好 来电 来访 先生 女士 师傅 同志 今天 昨天 前天 最近 近期 这几天 每天 天天 经常 总是
还是 没有人
一下 怎么办 什么时候 能不能 可以 应该 因为 所以 但是 而且 并且 以及 或者 如果 导致 造成 进行
存在 有人 有的
到现在 至今 一个多月 好几天 半个月 好久 很久 长期 无果 未果 回复 答复 派人 上门 查看 看看 查处
整改 落实 到位
"""

# who asks for the one and who asks for the other do not ask for the same (取缔早市、恢复早市)
_AGAINST = """
取缔 关停 关掉 关闭 撤掉 撤销 撤走 取消 拆除 拆掉 拆了 搬走 搬离 迁走 迁出 禁止 停办 停掉 封闭
封掉 封上 叫停
清退 赶走 反对 不同意 不赞成 不支持 停止 移走 挪走 去掉 限制
"""
_FOR = """
恢复 保留 留下 留着 重开 重新开 开放 打开 允许 放开 准许 继续 增设 新增 增加 加装 安装 支持 同意
赞成 延长 设立 重新设 开通
"""
_NOT = "不要 别再 别 勿 不能 不应 不该 不得 反对 不同意 不赞成 不支持 不许 不想"


def _lines(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.split("\n") if line.strip())


MEANING_OF: Mapping[str, str] = MappingProxyType(
    {word: line[0] for line in _lines(_MEANINGS) for word in line}
)
AROUND = frozenset(_AROUND.split())
FILLERS = frozenset(_FILLERS.split())
AGAINST = frozenset(_AGAINST.split())
IN_FAVOUR = frozenset(_FOR.split())
NOT = tuple(sorted(_NOT.split(), key=len, reverse=True))
