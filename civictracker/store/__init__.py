"""The local SQLite file: tables, engine, migrations, backups and the guard at its door."""
