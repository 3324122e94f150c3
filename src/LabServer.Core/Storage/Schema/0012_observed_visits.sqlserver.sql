-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so there are no rows to fill in.

CREATE TABLE sent_visit (
    visit_key    BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    visit        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit_number NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (visit, visit_number)
);

CREATE TABLE sent_text (
    text_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    text     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);

ALTER TABLE observation ADD visit_key BIGINT;
ALTER TABLE observation ADD text_key BIGINT;
