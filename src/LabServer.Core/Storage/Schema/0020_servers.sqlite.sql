-- Servers that share the database, and which of them grades whom.

-- A row for each process that serves, from its start to its end; one that has not been heard of by lease_until_us is dead.
CREATE TABLE server (
    server_id      TEXT    PRIMARY KEY,
    name           TEXT    NOT NULL,
    started_us     INTEGER NOT NULL,
    lease_until_us INTEGER NOT NULL
) WITHOUT ROWID;

-- Subjects are in shares by subject_key modulo 64; share -1 is the taking up of results and the derivation of others. Who has a
-- share holds its fence number, and writes what it has graded only while that is still the number here. Nobody has a share with an
-- empty server_id.
CREATE TABLE grading_share (
    share          INTEGER PRIMARY KEY,
    server_id      TEXT    NOT NULL,
    lease_until_us INTEGER NOT NULL,
    fence          INTEGER NOT NULL
);
INSERT INTO grading_share (share, server_id, lease_until_us, fence) VALUES
    (-1, '', 0, 0),
    (0, '', 0, 0), (1, '', 0, 0), (2, '', 0, 0), (3, '', 0, 0), (4, '', 0, 0), (5, '', 0, 0), (6, '', 0, 0), (7, '', 0, 0),
    (8, '', 0, 0), (9, '', 0, 0), (10, '', 0, 0), (11, '', 0, 0), (12, '', 0, 0), (13, '', 0, 0), (14, '', 0, 0), (15, '', 0, 0),
    (16, '', 0, 0), (17, '', 0, 0), (18, '', 0, 0), (19, '', 0, 0), (20, '', 0, 0), (21, '', 0, 0), (22, '', 0, 0), (23, '', 0, 0),
    (24, '', 0, 0), (25, '', 0, 0), (26, '', 0, 0), (27, '', 0, 0), (28, '', 0, 0), (29, '', 0, 0), (30, '', 0, 0), (31, '', 0, 0),
    (32, '', 0, 0), (33, '', 0, 0), (34, '', 0, 0), (35, '', 0, 0), (36, '', 0, 0), (37, '', 0, 0), (38, '', 0, 0), (39, '', 0, 0),
    (40, '', 0, 0), (41, '', 0, 0), (42, '', 0, 0), (43, '', 0, 0), (44, '', 0, 0), (45, '', 0, 0), (46, '', 0, 0), (47, '', 0, 0),
    (48, '', 0, 0), (49, '', 0, 0), (50, '', 0, 0), (51, '', 0, 0), (52, '', 0, 0), (53, '', 0, 0), (54, '', 0, 0), (55, '', 0, 0),
    (56, '', 0, 0), (57, '', 0, 0), (58, '', 0, 0), (59, '', 0, 0), (60, '', 0, 0), (61, '', 0, 0), (62, '', 0, 0), (63, '', 0, 0);

-- Which process runs it; empty for runs of before.
ALTER TABLE job_run ADD COLUMN server_id TEXT NOT NULL DEFAULT '';
