-- Quality flags of the results in force, derived like grades. flag: of FlagKind. other_result_key: the result it was
-- compared with. detail: the numbers behind it, for people.
CREATE TABLE observation_flag (
    subject_key INTEGER NOT NULL,
    test_key INTEGER NOT NULL,
    result_key INTEGER NOT NULL,
    flag INTEGER NOT NULL,
    other_result_key INTEGER,
    detail TEXT NOT NULL,
    PRIMARY KEY (subject_key, test_key, result_key, flag)
) WITHOUT ROWID;
CREATE INDEX observation_flag_result ON observation_flag (result_key);

-- Visit windows of a study by study day: day 1 is the day of the first dose, day -1 the day before it; there is no day 0.
-- visit_number: as text, may be empty. target_day: the day the visit was planned for; NULL: not said.
CREATE TABLE study_visit (
    study_key INTEGER NOT NULL REFERENCES study (study_key),
    position INTEGER NOT NULL,
    visit TEXT NOT NULL,
    visit_number TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    target_day INTEGER,
    PRIMARY KEY (study_key, position)
) WITHOUT ROWID;

-- Results that an older program graded have no flags yet.
UPDATE grading_state SET marks = marks + 1;
INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
SELECT DISTINCT subject_key, test_key, (SELECT marks FROM grading_state WHERE id = 1) FROM observation;
