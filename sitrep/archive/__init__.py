"""Archive: everything published -> an SQLite index, cheap to query, free to delete."""
