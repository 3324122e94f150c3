// A client of LabServer in another language, with a gRPC library of its own: reads the .proto files as they are and
// shares no code with the project. Prints one TAP line a check; exit code 1 when one failed, 2 when called wrongly.
//
//   node client.mjs http://127.0.0.1:5001 ../../protos [--api-key-file FILE]
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { check, equal, finish, truth } from './tap.mjs';
import { badMessage, call, connect, plainRequest, statusDetails, watch } from './wire.mjs';

const [address, protos] = process.argv.slice(2);
if (!address || !protos) {
  console.error('usage: node client.mjs ADDRESS PROTOS [--api-key-file FILE]');
  process.exit(2);
}
const keyAt = process.argv.indexOf('--api-key-file');
const key = keyAt > 0 ? readFileSync(process.argv[keyAt + 1], 'utf8').trim() : null;
const server = connect(address, protos, key);

const study = `FOREIGN-${randomUUID().slice(0, 8)}`;
const laboratory = 'foreign-lab';
const ok = 0, CANCELLED = 1, INVALID_ARGUMENT = 3, DEADLINE_EXCEEDED = 4, NOT_FOUND = 5, UNAUTHENTICATED = 16;

const alt = (id, subject, value, collectedAt) => ({
  source_result_id: id, subject_id: subject, test_code: 'ALT', reported_value: value, reported_unit: 'U/L',
  reference_low: '5', reference_high: '40', collected_at: collectedAt, visit: 'DAY 1',
});

// Normal values after baseline, so that these never make an event.
const normal = (prefix, count) => Array.from({ length: count }, (_, index) =>
  alt(`${prefix}-${index}`, 'F-2', String(10 + (index % 30)), '2024-02-01'));

const tally = (dispositions) => dispositions.reduce((sum, one) => ({ ...sum, [one]: (sum[one] ?? 0) + 1 }), {});

await check('health: the server says SERVING', async () => {
  const { status } = await call(server.health, 'Check', { service: '' });
  equal(status, 'SERVING');
});

await check('a study and its subjects are registered', async () => {
  const created = await call(server.studies, 'CreateStudy', { study: { study_id: study, arms: ['A', 'B'] } });
  equal(created.study.rule_sets, ['ctcae-5.0']);
  const imported = await call(server.studies, 'ImportSubjects', {
    study_id: study,
    subjects: [
      { subject_id: 'F-1', arm: 'A', sex: 'SEX_FEMALE', birth_date: '1960-05', first_dose_at: '2024-01-10' },
      { subject_id: 'F-2', arm: 'B', sex: 'SEX_MALE', birth_date: '1955', first_dose_at: '2024-01-10' },
    ],
  });
  equal(imported.dispositions, ['SUBJECT_DISPOSITION_CREATED', 'SUBJECT_DISPOSITION_CREATED']);
});

const batch = {
  study_id: study,
  laboratory,
  results: [
    alt('f1-base', 'F-1', '20', '2024-01-09'),
    alt('f1-high', 'F-1', '90.50', '2024-01-20'),
    alt('f2-base', 'F-2', '22', '2024-01-09'),
    alt('nobody', 'F-404', '22', '2024-01-09'),
    alt('no-number', 'F-1', '', '2024-01-21'),
  ],
};

await check('a batch: each result has its disposition, a bad one costs its neighbours nothing', async () => {
  const { outcome } = await call(server.ingestion, 'SubmitResults', batch);
  equal(outcome.dispositions, ['DISPOSITION_ACCEPTED', 'DISPOSITION_ACCEPTED', 'DISPOSITION_ACCEPTED',
    'DISPOSITION_HELD', 'DISPOSITION_REJECTED']);
  const held = outcome.details.find((detail) => detail.position === 3);
  equal(held.hold_reasons, ['HOLD_REASON_UNKNOWN_SUBJECT']);
  const rejected = outcome.details.find((detail) => detail.position === 4);
  truth(rejected.faults.some((fault) => fault.field === 'reported_value'), 'the fault names reported_value');
});

await check('the same batch again: five duplicates, nothing stored twice', async () => {
  const { outcome } = await call(server.ingestion, 'SubmitResults', batch);
  equal(tally(outcome.dispositions), { DISPOSITION_DUPLICATE: 5 });
});

await check('a value comes back exactly as sent', async () => {
  const { versions } = await call(server.ingestion, 'GetResult', { study_id: study, source_result_id: 'f1-high' });
  equal(versions.map((version) => version.result.reported_value), ['90.50']);
  equal(versions[0].standard_value, 90.5);
});

await check('a stream of 12 batches: acknowledged once each, in the order sent', async () => {
  const stream = server.ingestion.StreamResults();
  const acknowledged = [];
  const dispositions = [];
  const done = new Promise((resolve, reject) => {
    stream.on('data', (answer) => {
      acknowledged.push(Number(answer.batch_number));
      dispositions.push(...answer.outcome.dispositions);
    });
    stream.on('end', resolve);
    stream.on('error', reject);
  });
  const sent = [];
  for (let number = 0; number < 12; number++) {
    // Numbers are the sender's own and need not be in order themselves.
    const batchNumber = (number * 7) % 12;
    sent.push(batchNumber);
    stream.write({ batch_number: batchNumber, study_id: study, laboratory, results: normal(`s${number}`, 100) });
  }
  stream.end();
  await done;
  equal(acknowledged, sent);
  equal(tally(dispositions), { DISPOSITION_ACCEPTED: 1200 });
});

await check('a stream that turns wrong: batches before are acknowledged, then INVALID_ARGUMENT', async () => {
  const stream = server.ingestion.StreamResults();
  const { answers, status } = watch(stream);
  stream.write({ batch_number: 1, study_id: study, laboratory, results: normal('before', 3) });
  stream.write({ batch_number: 2, study_id: '', laboratory, results: normal('wrong', 3) });
  stream.end();
  equal((await status).code, INVALID_ARGUMENT);
  equal(answers.map((answer) => Number(answer.batch_number)), [1]);
  const failure = await call(server.ingestion, 'GetResult', { study_id: study, source_result_id: 'wrong-0' }).catch((error) => error);
  equal(failure.code, NOT_FOUND);
});

await check('a deadline ends a call that would go on for ever: DEADLINE_EXCEEDED', async () => {
  const { answers, status } = watch(server.health.Watch({ service: '' }, { deadline: Date.now() + 3_000 }));
  equal((await status).code, DEADLINE_EXCEEDED);
  equal(answers.map((answer) => answer.status), ['SERVING']);
});

await check('a tiny deadline is DEADLINE_EXCEEDED, and sending again stores everything once', async () => {
  const late = { study_id: study, laboratory, results: normal('late', 5000) };
  const failure = await call(server.ingestion, 'SubmitResults', late, { deadline: Date.now() + 1 }).catch((error) => error);
  equal(failure.code, DEADLINE_EXCEEDED);
  const { outcome } = await call(server.ingestion, 'SubmitResults', late);
  const { DISPOSITION_ACCEPTED: accepted = 0, DISPOSITION_DUPLICATE: duplicate = 0 } = tally(outcome.dispositions);
  equal(accepted + duplicate, 5000);
  const again = await call(server.ingestion, 'SubmitResults', late);
  equal(tally(again.outcome.dispositions), { DISPOSITION_DUPLICATE: 5000 });
});

await check('a cancelled stream is CANCELLED, and what it had acknowledged stays', async () => {
  const stream = server.ingestion.StreamResults();
  const { status, next } = watch(stream);
  stream.write({ batch_number: 1, study_id: study, laboratory, results: normal('cancelled', 2) });
  equal(Number((await next()).batch_number), 1);
  stream.cancel();
  equal((await status).code, CANCELLED);
  const { versions } = await call(server.ingestion, 'GetResult', { study_id: study, source_result_id: 'cancelled-1' });
  equal(versions.length, 1);
});

await check('a wrong key in the metadata is UNAUTHENTICATED', async () => {
  const stranger = connect(address, protos, 'no-such-key');
  const failure = await call(stranger.studies, 'ListStudies', {}).catch((error) => error);
  equal(failure.code, UNAUTHENTICATED);
  stranger.close();
});

await check('a header of 200 kB is refused, and the server goes on', async () => {
  const stranger = connect(address, protos, key, { 'x-too-long': 'a'.repeat(200_000) });
  const failure = await call(stranger.studies, 'ListStudies', {}, { deadline: Date.now() + 10_000 }).catch((error) => error);
  truth(failure instanceof Error && failure.code !== ok && failure.code !== DEADLINE_EXCEEDED, `an error at once, not ${failure.code}`);
  stranger.close();
  equal((await call(server.health, 'Check', { service: '' })).status, 'SERVING');
});

await check('a request that is not gRPC is answered with HTTP 415', async () => {
  const answer = await plainRequest(address, '/labserver.v1.StudiesService/ListStudies', {
    'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }),
  });
  equal(answer[':status'], 415);
});

await check('a batch without a study is INVALID_ARGUMENT, and the details name the field', async () => {
  const failure = await call(server.ingestion, 'SubmitResults', { ...batch, study_id: '' }).catch((error) => error);
  equal(failure.code, INVALID_ARGUMENT);
  const details = statusDetails(server, failure);
  const badRequest = details['google.rpc.BadRequest'];
  truth(badRequest, `a google.rpc.BadRequest among ${Object.keys(details).join(', ') || 'no details'}`);
  equal(badRequest.field_violations.map((violation) => violation.field), ['study_id']);
});

await check('a batch of 5,001 results is INVALID_ARGUMENT', async () => {
  const failure = await call(server.ingestion, 'SubmitResults',
    { study_id: study, laboratory, results: normal('many', 5001) }).catch((error) => error);
  equal(failure.code, INVALID_ARGUMENT);
});

await check('bytes that are no message are INVALID_ARGUMENT', async () => {
  const failure = await badMessage(server, '/labserver.v1.IngestionService/SubmitResults', Buffer.from([0xff, 0xff, 0xff, 0xff]));
  equal(failure.code, INVALID_ARGUMENT);
});

await check('a study nobody registered is NOT_FOUND', async () => {
  const failure = await call(server.ingestion, 'SubmitResults', { ...batch, study_id: 'NO-SUCH-STUDY' }).catch((error) => error);
  equal(failure.code, NOT_FOUND);
});

await check('after grading, the summary counts one subject of arm A with ALT of grade 1', async () => {
  const { run } = await call(server.jobs, 'RunJob', { job: 'grading-incremental', study_id: study });
  const { answers, status } = watch(server.jobs.WatchJobRun({ run_id: run.run_id }));
  equal((await status).code, ok);
  equal(answers.at(-1).run.state, 'JOB_RUN_STATE_SUCCEEDED');
  const summary = await call(server.summaries, 'SummarizeAdverseEvents', { study_id: study, rule_set_id: 'ctcae-5.0' });
  equal(summary.arms, [{ arm: 'A', subjects: 1 }, { arm: 'B', subjects: 1 }]);
  equal(summary.terms.map((term) => [term.term, ...term.arms.map((arm) => [arm.grade1, arm.any])]),
    [['Alanine aminotransferase increased', [1, 1], [0, 0]]]);
});

server.close();
finish();
