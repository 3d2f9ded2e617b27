"""The boards (看板): columns of cards, the table, the filters above both."""
