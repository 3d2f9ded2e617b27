"""The database: tables, transactions, migrations, guards, backup."""
