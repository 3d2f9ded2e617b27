"""A desk that was silent for too long within a transaction is told so, and nothing is refused."""

import pytest
from sqlalchemy import text

from desk.rules.errors import DatabaseAway

# what the server says when it ends such a transaction
ENDED = "DO $$ BEGIN RAISE EXCEPTION 'idle-in-transaction timeout' USING ERRCODE = '25P03'; END $$"


def test_a_transaction_that_the_server_ended_is_tried_again_later(shared):
    desk = shared.sign_in("李敏")
    with pytest.raises(DatabaseAway, match="内容还在"):
        desk.read(lambda reader: reader.session.execute(text(ENDED)))
