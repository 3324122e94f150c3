-- Results that the server computes from others. They are rows of result, under the laboratory '(derived)' of their study;
-- here stands what a laboratory would know of a result of its own: how it was made, and of what.

-- One row a version that has a value. laboratory_key: of the result that it is computed for. formula: id of the formula.
-- computation: the formula with the numbers put in.
CREATE TABLE derived_result (
    subject_key    INTEGER NOT NULL,
    result_key     INTEGER NOT NULL,
    laboratory_key INTEGER NOT NULL,
    formula        TEXT    NOT NULL,
    computation    TEXT    NOT NULL,
    PRIMARY KEY (subject_key, result_key)
) WITHOUT ROWID;

-- The inputs of each version, by the key of the very version that was used. Position 0 is the primary input.
CREATE TABLE derived_input (
    result_key       INTEGER NOT NULL,
    position         INTEGER NOT NULL,
    input_result_key INTEGER NOT NULL,
    role             TEXT    NOT NULL,
    PRIMARY KEY (result_key, position)
) WITHOUT ROWID;

-- Results that contradict each other within a flow cytometry panel. Made again from the results like everything from
-- observation on. panel: code of the rule that is broken. detail: with the numbers.
CREATE TABLE panel_flag (
    subject_key INTEGER NOT NULL,
    test_key    INTEGER NOT NULL,
    result_key  INTEGER NOT NULL,
    panel       TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    PRIMARY KEY (subject_key, test_key, result_key, panel)
) WITHOUT ROWID;
CREATE INDEX panel_flag_result ON panel_flag (result_key);

-- What is on file gets its derived results with the next run.
UPDATE grading_state SET marks = marks + 1;
INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
SELECT DISTINCT subject_key, test_key, (SELECT marks FROM grading_state WHERE id = 1) FROM observation;
