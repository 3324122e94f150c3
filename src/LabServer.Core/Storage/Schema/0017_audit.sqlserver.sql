-- As the SQLite file of the same number, which says what everything means.
-- The triggers are made by batches of their own, as each must be the first of one.

CREATE TABLE audit_entry (
    entry_number  BIGINT NOT NULL PRIMARY KEY,
    at_us         BIGINT NOT NULL,
    clock_us      BIGINT,
    caller        NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    action        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    study_id      NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    target        NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    before_json   NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    after_json    NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sealed_before NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sealed_after  NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason        NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    salt          VARBINARY(16) NOT NULL,
    sealed_hash   VARBINARY(32) NOT NULL,
    hash          VARBINARY(32) NOT NULL
);

CREATE INDEX audit_entry_study ON audit_entry (study_id, entry_number);

-- Against mistakes of programs; who administers the database can drop them, and the hash chain shows what was done then.
EXEC (N'
CREATE TRIGGER audit_entry_no_update ON audit_entry AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    THROW 50001, N''audit entries are never changed'', 1;
END
');

EXEC (N'
CREATE TRIGGER audit_entry_no_delete ON audit_entry AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    THROW 50001, N''audit entries are never deleted'', 1;
END
');

EXEC (N'
CREATE TRIGGER audit_entry_in_order ON audit_entry AFTER INSERT AS
BEGIN
    SET NOCOUNT ON;
    DECLARE @first BIGINT, @last BIGINT, @entries BIGINT;
    SELECT @first = MIN(entry_number), @last = MAX(entry_number), @entries = COUNT_BIG(*) FROM inserted;
    IF @entries > 0 AND (@last - @first + 1 <> @entries
        OR @first <> (SELECT COALESCE(MAX(a.entry_number), 0) + 1 FROM audit_entry a WHERE a.entry_number < @first))
    BEGIN
        THROW 50001, N''audit entries are numbered without gaps'', 1;
    END
END
');
