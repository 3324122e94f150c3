// The clients, made from the .proto files at run time, and the few calls the checks need.
import http2 from 'node:http2';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const files = ['ingestion', 'studies', 'grading', 'jobs', 'summaries', 'adverse_events']
  .map((name) => `labserver/v1/${name}.proto`)
  .concat('grpc/health/v1/health.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto');

export function connect(address, protos, key, headers = {}) {
  const definition = loader.loadSync(files, {
    includeDirs: [protos], keepCase: true, enums: String, longs: String, defaults: true, arrays: true, oneofs: true,
  });
  const services = grpc.loadPackageDefinition(definition);
  const target = new URL(address).host;
  const metadata = { ...headers, ...(key && { authorization: `Bearer ${key}` }) };
  // Each server of a test run has its own connection; the global pool would share a broken one.
  const options = { 'grpc.use_local_subchannel_pool': 1, interceptors: [withMetadata(metadata)] };
  const of = (Service) => new Service(target, grpc.credentials.createInsecure(), options);
  const { v1 } = services.labserver;
  const clients = {
    health: of(services.grpc.health.v1.Health),
    studies: of(v1.StudiesService),
    ingestion: of(v1.IngestionService),
    jobs: of(v1.JobsService),
    summaries: of(v1.SummariesService),
  };
  return { ...clients, definition, close: () => Object.values(clients).forEach((client) => client.close()) };
}

const withMetadata = (headers) => (options, next) => new grpc.InterceptingCall(next(options), {
  start(metadata, listener, start) {
    Object.entries(headers).forEach(([name, value]) => metadata.set(name, value));
    start(metadata, listener);
  },
});

export const call = (client, method, request, options = {}) => new Promise((resolve, reject) => {
  client[method](request, options, (error, response) => (error ? reject(error) : resolve(response)));
});

// Follows a stream: what came, one by one with next(), and how it ended. No answer comes after the end: next() fails.
export function watch(stream) {
  const answers = [];
  const waiting = [];
  let read = 0;
  stream.on('data', (answer) => {
    answers.push(answer);
    waiting.shift()?.(answer);
  });
  stream.on('error', () => {}); // The status says it all, and comes also when there is no error.
  const status = new Promise((resolve) => stream.on('status', resolve));
  const ended = status.then(({ code, details }) => { throw new Error(`the stream ended: ${code} ${details}`); });
  ended.catch(() => {}); // Only next() asks.
  const next = () => (read < answers.length
    ? Promise.resolve(answers[read++])
    : Promise.race([ended, new Promise((resolve) => { read += 1; waiting.push(resolve); })]));
  return { answers, status, next };
}

// grpc-status-details-bin as a map from message name to message.
export function statusDetails({ definition }, error) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  if (!bytes) {
    return {};
  }
  const { details } = definition['google.rpc.Status'].deserialize(bytes);
  return Object.fromEntries(details.map((detail) => {
    const name = detail.type_url.split('/').pop();
    return [name, definition[name].deserialize(detail.value)];
  }));
}

// Sends bytes that no message type has written.
export const badMessage = ({ ingestion }, path, bytes) => new Promise((resolve) => {
  ingestion.makeUnaryRequest(path, (value) => value, (value) => value, bytes, (error) => resolve(error ?? { code: 0 }));
});

// A bare HTTP/2 request; resolves to the headers of the answer.
export const plainRequest = (address, path, headers) => new Promise((resolve, reject) => {
  const session = http2.connect(address);
  session.on('error', reject);
  const request = session.request({ ':method': 'POST', ':path': path, ...headers });
  request.on('response', (answer) => {
    resolve(answer);
    request.close();
    session.close();
  });
  request.on('error', reject);
  request.end();
});
