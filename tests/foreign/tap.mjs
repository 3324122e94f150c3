// Just enough of the Test Anything Protocol.
import { isDeepStrictEqual } from 'node:util';

// A check that hangs is a check that failed.
const limit = 60_000;
let number = 0;
let failed = 0;

const show = (value) => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

export function equal(actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`expected ${show(expected)}, got ${show(actual)}`);
  }
}

export function truth(value, expectation) {
  if (!value) {
    throw new Error(`expected ${expectation}`);
  }
}

export async function check(name, body) {
  number += 1;
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end within ${limit / 1000} seconds`)), limit);
    });
    await Promise.race([body(), late]);
    console.log(`ok ${number} - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${number} - ${name}`);
    console.log(`  # ${String(error.message ?? error).replaceAll('\n', '\n  # ')}`);
  } finally {
    clearTimeout(timer);
  }
}

export function finish() {
  console.log(`1..${number}`);
  process.exit(failed ? 1 : 0);
}
