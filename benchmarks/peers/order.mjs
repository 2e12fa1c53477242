// One limit order, values to signed JSON, by public clients of the venue: unmodified, and without a network.
// Prints one JSON line a client: CPU µs of an order, the median of the rounds, and the lowest.
import { createRequire } from 'node:module';
import { privateKeyToAccount } from 'viem/accounts';
import { signL1Action } from '@nktkas/hyperliquid/signing';

const KEY = '0x0123456789012345678901234567890123456789012345678901234567890123';
const ROUNDS = 15;
const ORDERS = 200;
let nonce = 1764000000000;

function action() {
  nonce += 1;
  return {
    type: 'order',
    orders: [{
      a: 10107, b: nonce % 2 === 0, p: (34.29 + (nonce % 1000) / 1e5).toString(), s: (12.5 + (nonce % 97) / 100).toFixed(2),
      r: false, t: { limit: { tif: 'Ioc' } }, c: '0x5a17c0de0000000000000000000000aa',
    }],
    grouping: 'na',
  };
}

async function measure(name, order) {
  for (let i = 0; i < 3 * ORDERS; i++) await order();
  const costs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let i = 0; i < ORDERS; i++) await order();
    const used = process.cpuUsage(start);
    costs.push((used.user + used.system) / ORDERS);
  }
  costs.sort((a, b) => a - b);
  console.log(JSON.stringify({ row: 'order', peer: name, cpu_us: costs[ROUNDS >> 1], cpu_us_low: costs[0], rounds: ROUNDS }));
}

const viem = privateKeyToAccount(KEY);
await measure('@nktkas/hyperliquid + viem', async () => {
  const body = action();
  const signature = await signL1Action({ wallet: viem, action: body, nonce, isTestnet: true, expiresAfter: nonce + 2000 });
  return JSON.stringify({ action: body, nonce, signature, expiresAfter: nonce + 2000 });
});

const ccxt = createRequire(import.meta.url)('ccxt');
const exchange = new ccxt.hyperliquid({ privateKey: KEY, walletAddress: viem.address });
await measure('ccxt', () => {
  const body = action();
  const signature = exchange.signL1Action(body, nonce);
  return JSON.stringify({ action: body, nonce, signature });
});
