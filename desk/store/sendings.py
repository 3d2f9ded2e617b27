"""Which history lines send a case to units (派单): what may be taken back is found by them."""

SENT = ("case.dispatched", "case.dispatch_decided")
TAKEN_BACK = "撤回分拨"  # why a part ended that never came to count
