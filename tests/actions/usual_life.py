"""What random lives are drawn from: where appeals go, and what usually comes next."""

UNITS = ("信联办", "城建办", "综合行政执法队", "榕东社区", "南塘社区", "纪工委")
EXITS = ("transfer", "transfer", "transfer", "own_unit", "on_spot", "guidance")
# status: what somebody usually does to a case that has come so far
USUAL = {
    "guided": ("take_in",),
    "received": ("dispatch", "confirm"),
    "dispatched": ("accept",),
    "accepted": ("contact", "verify"),
    "handling": ("contact", "accept", "report", "finish"),
    "parked": ("unpark",),
    "opinion": ("write",),
    "signing": ("sign",),
    "sealing": ("give_number", "seal"),
    "delivering": ("deliver",),
    "follow_up": ("close",),
    "merged": ("unmerge",),
    "withdrawn": ("reinstate",),
}
# and what else may bring it on, where that cannot
BESIDES = {
    "dispatched": ("dispatch",),
    "accepted": ("dispatch",),
    "handling": ("dispatch",),
    "parked": ("look_again",),
    "closed": ("archive",),
    "guided": ("archive",),
    "withdrawn": ("archive",),
}
