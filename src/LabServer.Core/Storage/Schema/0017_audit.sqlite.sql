-- The audit trail: every change, who made it, when and why. Only ever added to.
CREATE TABLE audit_entry (
    entry_number  INTEGER PRIMARY KEY,             -- 1 and up, without gaps
    at_us         INTEGER NOT NULL,                -- never before the entry before it
    clock_us      INTEGER,                         -- what the clock said, where it had stepped back
    caller        TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    study_id      TEXT    NOT NULL,                -- '': of no study
    target        TEXT    NOT NULL,
    before_json   TEXT    NOT NULL,                -- '': nothing
    after_json    TEXT    NOT NULL,
    sealed_before TEXT    NOT NULL,                -- what of it tells an arm: never shown to who may not see arms
    sealed_after  TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    salt          BLOB    NOT NULL,                -- 16 random bytes where something is sealed
    sealed_hash   BLOB    NOT NULL,                -- SHA-256 of salt and sealed fields
    hash          BLOB    NOT NULL                 -- SHA-256 of the hash before it and this entry
);

CREATE INDEX audit_entry_study ON audit_entry (study_id, entry_number);

-- Against mistakes of programs; who can write the file can drop them, and the hash chain shows what was done then.
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed');
END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never deleted');
END;

CREATE TRIGGER audit_entry_in_order BEFORE INSERT ON audit_entry
WHEN NEW.entry_number <> (SELECT COALESCE(MAX(entry_number), 0) + 1 FROM audit_entry)
BEGIN
    SELECT RAISE(ABORT, 'audit entries are numbered without gaps');
END;
