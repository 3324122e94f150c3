-- What laboratories sent. Rows are only ever added: a correction is a new version, never a change of an old one.

-- result_key grows with the order of arrival, which makes it the grader's watermark. The acknowledged path writes this
-- table and its identity key and nothing else; all other order is made later, by grading, in series order.
CREATE TABLE result (
    result_key         INTEGER PRIMARY KEY,
    laboratory_key     INTEGER NOT NULL REFERENCES laboratory (laboratory_key),
    source_result_id   TEXT    NOT NULL,
    version            INTEGER NOT NULL,
    -- As sent.
    subject_id         TEXT    NOT NULL,
    specimen           TEXT    NOT NULL,
    category           TEXT    NOT NULL,
    test_code          TEXT    NOT NULL,
    reported_value     TEXT    NOT NULL,
    reported_unit      TEXT    NOT NULL,
    reference_low      TEXT    NOT NULL,
    reference_high     TEXT    NOT NULL,
    collected_at       TEXT    NOT NULL,
    resulted_at        TEXT    NOT NULL,
    visit              TEXT    NOT NULL,
    visit_number       TEXT    NOT NULL,
    instrument         TEXT    NOT NULL,
    method             TEXT    NOT NULL,
    status             INTEGER NOT NULL,
    specimen_condition TEXT    NOT NULL,
    fasting            INTEGER NOT NULL,
    content_hash       BLOB    NOT NULL,
    -- As received.
    received_us        INTEGER NOT NULL,
    sender_key         INTEGER NOT NULL REFERENCES sender (sender_key),
    -- As understood. Null while held for want of it.
    subject_key        INTEGER,
    test_key           INTEGER,
    standard_value     REAL,
    collected_us       INTEGER NOT NULL,
    -- Flags of HoldReasons; 0 means not held.
    hold_reasons       INTEGER NOT NULL,
    UNIQUE (laboratory_key, source_result_id, version)
);

-- Only held rows are in it, so an accepted result does not pay for it.
CREATE INDEX result_held ON result (laboratory_key, subject_id) WHERE hold_reasons <> 0;

-- Results that have more than one version. Small; lets grading skip the search for other versions of all the rest.
CREATE TABLE amended_result (
    laboratory_key   INTEGER NOT NULL,
    source_result_id TEXT    NOT NULL,
    PRIMARY KEY (laboratory_key, source_result_id)
) WITHOUT ROWID;

-- The reject log. The same content sent again is the same entry.
CREATE TABLE rejected_result (
    rejected_key   INTEGER PRIMARY KEY,
    laboratory_key INTEGER NOT NULL REFERENCES laboratory (laboratory_key),
    content_hash   BLOB    NOT NULL,
    sent           TEXT    NOT NULL,
    faults         TEXT    NOT NULL,
    received_us    INTEGER NOT NULL,
    sender_key     INTEGER NOT NULL REFERENCES sender (sender_key),
    UNIQUE (laboratory_key, content_hash)
);
