-- What every store has, whatever its questionnaire. The table "response", with a column for each question,
-- and the view "response_labelled" are made from the questionnaire, beside these.

-- The questionnaire the answers were collected with: its file, byte for byte.
CREATE TABLE questionnaire (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  source TEXT NOT NULL
);

-- Its wording in the default language, for the view: of each answer, and of "no opinion" and "not concerned".
CREATE TABLE wording (
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (item, position)
) WITHOUT ROWID;

-- How many responses came on a day. A response itself has neither day nor time.
CREATE TABLE day_count (
  day TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('web', 'paper')),
  count INTEGER NOT NULL,
  PRIMARY KEY (day, channel)
) WITHOUT ROWID;

-- The SHA-256 of every file imported.
CREATE TABLE imported (
  digest TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Whether the collection was ended, and how often the questionnaire was changed.
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
  revision INTEGER NOT NULL DEFAULT 0
);
INSERT INTO state (id) VALUES (1);
