-- Nothing to fill: PostgreSQL fills an index when it makes it. SQLite has something to do here.
SELECT 1;
