"""The case file (案件卷): its cards, and a panel for every deed that can be done to a case."""
