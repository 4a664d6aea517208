-- What comes of paper sheets on their way into the answers, empty in a store without paper. Sheets are numbered
-- at random and tied to nobody; rows lie in the order of their keys, and none has a day or a time.

-- Each page that was scanned, and the form it was printed from. The digest is the SHA-256 of its picture's file
-- and of its number therein: a page is never taken in twice.
CREATE TABLE paper_page (
  sheet INTEGER NOT NULL CHECK (sheet > 0),
  page INTEGER NOT NULL CHECK (page > 0),
  pages INTEGER NOT NULL CHECK (pages >= page),
  version TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (sheet, page)
) WITHOUT ROWID;

-- What was read or typed of a sheet: "answers" is a CSV file of one record, as "survey import" takes it. An
-- operator gives initials; a scan has none.
CREATE TABLE paper_entry (
  sheet INTEGER NOT NULL CHECK (sheet > 0),
  source TEXT NOT NULL CHECK (source IN ('scan', 'first', 'second', 'settled')),
  operator TEXT NOT NULL,
  answers TEXT NOT NULL,
  PRIMARY KEY (sheet, source)
) WITHOUT ROWID;

-- What a person has to look at in a scanned sheet: "name" is a column of the CSV file, "page" where it was seen
-- (0: on none; a long question is on several), "reading" what was seen, "settled" what the answer is (NULL: not
-- settled yet). A correction that was taken is settled from the start, and waits to be looked at. Pictures are
-- PNG, and go when the sheet is complete.
CREATE TABLE paper_review (
  sheet INTEGER NOT NULL CHECK (sheet > 0),
  name TEXT NOT NULL,
  page INTEGER NOT NULL CHECK (page >= 0),
  reason TEXT NOT NULL,
  reading TEXT NOT NULL,
  settled TEXT,
  operator TEXT NOT NULL DEFAULT '',
  picture BLOB NOT NULL,
  PRIMARY KEY (sheet, name, page)
) WITHOUT ROWID;
