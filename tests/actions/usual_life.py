"""What random lives are drawn from: where appeals go, and what usually comes next."""

UNITS = ("信联办", "城建办", "综合行政执法队", "榕东社区", "南塘社区", "纪工委")
EXITS = ("transfer", "transfer", "transfer", "own_unit", "on_spot", "guidance")
# status: what somebody usually does to a case that has come so far
USUAL = {
    "received": ("dispatch",),
    "dispatched": ("accept",),
    "accepted": ("contact", "verify"),
    "handling": ("contact", "report", "finish"),
    "opinion": ("write",),
    "signing": ("sign",),
    "sealing": ("seal",),
    "delivering": ("deliver",),
    "follow_up": ("close",),
}
