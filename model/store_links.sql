-- What a store with personal links has, empty in all others.

-- The people invited. Of a link only keyed hashes are kept; that it was used is one bit, without a time. The
-- flags are 0 or 1, which take no bytes in a record, so that a change leaves each row in its place.
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  generation INTEGER NOT NULL,
  token BLOB NOT NULL UNIQUE,
  code BLOB NOT NULL UNIQUE,
  name TEXT,
  email TEXT,
  language TEXT,
  known TEXT NOT NULL,
  used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
  revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
  mail_begun INTEGER NOT NULL DEFAULT 0 CHECK (mail_begun IN (0, 1)),
  mail_done INTEGER NOT NULL DEFAULT 0 CHECK (mail_done IN (0, 1)),
  remind_begun INTEGER NOT NULL DEFAULT 0 CHECK (remind_begun IN (0, 1)),
  remind_done INTEGER NOT NULL DEFAULT 0 CHECK (remind_done IN (0, 1))
);

-- What was entered and not yet sent, sealed under a key that comes from the link or the cookie alone, as does
-- the name.
CREATE TABLE draft (
  name BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) WITHOUT ROWID;

-- Whether there are links, whether a reminder is under way, the day on which the last one ended, and how many people
-- were invited whom "close" has forgotten.
CREATE TABLE access (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  by_link INTEGER NOT NULL DEFAULT 0 CHECK (by_link IN (0, 1)),
  reminding INTEGER NOT NULL DEFAULT 0 CHECK (reminding IN (0, 1)),
  reminded TEXT,
  invited INTEGER NOT NULL DEFAULT 0
);
INSERT INTO access (id) VALUES (1);
