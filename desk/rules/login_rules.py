"""What a login may do and how good a password must be (登录与密码规则, RELIABILITY.md 2.3)."""

# What is set for every login of a member of staff on the shared database: `ALTER ROLE … SET name
# = value`. A desk that died, or a shell left open, must hold neither rows nor connections.
LOGIN_SETTINGS: tuple[tuple[str, str], ...] = (
    ("statement_timeout", "30s"),
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("idle_session_timeout", "30min"),
)
# One desk needs three: two for its work, one that listens. Twice that, as a new sign-in may come
# before the server has noticed that the old one is gone.
CONNECTION_LIMIT = 6
