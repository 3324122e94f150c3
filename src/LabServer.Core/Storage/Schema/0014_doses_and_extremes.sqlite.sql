-- Doses of subjects, as sent (SDTM EX), and what tables of extremes ask of a series, kept so that they need not read it.

-- treatment names what was given, and so tells the arm: it is nowhere else. dose_id: the sender's own, in the subject
-- (EXSEQ). start_us: start of the period that a partial start can mean. not_given: the record says that no dose was given.
CREATE TABLE dose (
    subject_key  INTEGER NOT NULL REFERENCES subject (subject_key),
    dose_id      TEXT    NOT NULL,
    treatment    TEXT    NOT NULL,
    amount       TEXT    NOT NULL,
    unit         TEXT    NOT NULL,
    start_at     TEXT    NOT NULL,
    start_us     INTEGER NOT NULL,
    end_at       TEXT    NOT NULL,
    visit        TEXT    NOT NULL,
    visit_number TEXT    NOT NULL,
    not_given    INTEGER NOT NULL,
    changed_us   INTEGER NOT NULL,
    PRIMARY KEY (subject_key, dose_id)
) WITHOUT ROWID;

-- Derived with the grades, of dosed subjects. baseline, lowest, highest: of ShiftCategory, by range indicator; the last two
-- from the first dose on. uln_times: the highest multiple of its own upper limit from the first dose on, of the result
-- uln_result_key; NULL: for uln_gap (of PeakGap). baseline_times: the same in multiples of the baseline.
CREATE TABLE series_extreme (
    subject_key         INTEGER NOT NULL,
    test_key            INTEGER NOT NULL,
    baseline            INTEGER NOT NULL,
    lowest              INTEGER NOT NULL,
    highest             INTEGER NOT NULL,
    uln_gap             INTEGER NOT NULL,
    uln_times           REAL,
    uln_at_least        INTEGER NOT NULL,
    uln_result_key      INTEGER,
    uln_collected_at    TEXT    NOT NULL,
    baseline_times      REAL,
    baseline_result_key INTEGER,
    PRIMARY KEY (subject_key, test_key)
) WITHOUT ROWID;

-- baseline: grade of the baseline record, worst: the worst from the first dose on; both of ShiftCategory.
CREATE TABLE term_extreme (
    subject_key INTEGER NOT NULL,
    test_key    INTEGER NOT NULL,
    term_key    INTEGER NOT NULL,
    baseline    INTEGER NOT NULL,
    worst       INTEGER NOT NULL,
    PRIMARY KEY (subject_key, test_key, term_key)
) WITHOUT ROWID;

-- What is on file gets its extremes with the next run.
UPDATE grading_state SET marks = marks + 1;
INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
SELECT DISTINCT subject_key, test_key, (SELECT marks FROM grading_state WHERE id = 1) FROM observation;
