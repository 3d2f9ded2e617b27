"""How often a case went from one lead unit to another (退回、改派, DOMAIN.md 6.1 #7).

A unit hands it back, or the dispatchers give it to another one: for whoever waits it is the same.
The figures tell them apart: 回退率 counts what the units handed back, and nothing else.
"""


def passed_on(returns: int, redirects: int) -> int:
    """Return how often a case has left a lead unit; the hall's limit of returns holds for this."""
    return returns + redirects


def passed_on_words(returns: int, redirects: int) -> str:
    """Return it in words: “已退回 2 次、改派 1 次”; nothing where it never left its unit."""
    said = [
        f"{verb} {times} 次" for verb, times in (("退回", returns), ("改派", redirects)) if times
    ]
    return f"已{'、'.join(said)}" if said else ""
