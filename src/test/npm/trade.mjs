// A public client of the venue trades on our server: only the address it is given is ours.
// Prints one JSON line a step; the test that started it compares them with the exchange's own books.
import WebSocket from 'ws';
import * as hl from '@nktkas/hyperliquid';
import { privateKeyToAccount } from 'viem/accounts';

globalThis.WebSocket = WebSocket;
const [url, key] = process.argv.slice(2);
const wallet = privateKeyToAccount(key);
const user = wallet.address.toLowerCase();
const transport = new hl.HttpTransport({ apiUrl: url, isTestnet: true });
const socket = new hl.WebSocketTransport({ url: url.replace('http', 'ws') + '/ws', isTestnet: true });
const info = new hl.InfoClient({ transport });
const exchange = new hl.ExchangeClient({ transport, wallet });
const streams = new hl.SubscriptionClient({ transport: socket });

const print = (step, value) => console.log(JSON.stringify({ step, value }));
const price = (value) => String(Number(Number(value).toPrecision(5)));
const limit = (a, b, p, s, tif, more = {}) => ({ a, b, p: price(p), s, r: false, t: { limit: { tif } }, ...more });
const statuses = (answer) => answer.response.data.statuses;

const streamed = [];
let onMessage = () => {};
const until = (enough) =>
  new Promise((resolve) => {
    onMessage = () => enough() && resolve();
    onMessage();
  });

const meta = await info.meta();
const spotMeta = await info.spotMeta();
const perp = meta.universe.findIndex((asset) => asset.name === 'HYPE');
const token = spotMeta.tokens.find((each) => each.name === 'HYPE');
const pair = spotMeta.universe.find((each) => each.tokens[0] === token.index);
const spot = 10000 + pair.index;
print('ids', { perp, spot, coin: pair.name, token: token.index });

await streams.orderUpdates({ user }, (rows) => {
  rows.forEach((row) => streamed.push(['update', row.order.oid, row.status]));
  onMessage();
});
await streams.userFills({ user }, (frame) => {
  if (!frame.isSnapshot) frame.fills.forEach((fill) => streamed.push(['fill', fill.oid, fill.sz]));
  onMessage();
});
const frames = { l2Book: 0 };
await streams.l2Book({ coin: 'HYPE' }, () => {
  frames.l2Book++;
  onMessage();
});

await exchange.updateLeverage({ asset: perp, isCross: true, leverage: 3 });
const book = await info.l2Book({ coin: 'HYPE' });
const bid = book.levels[0][0].px;
const c = '0x' + 'ab'.repeat(16);
const placed = statuses(
  await exchange.order({ orders: [limit(perp, true, bid * 0.9, '1', 'Gtc', { c })], grouping: 'na' }),
)[0].resting;
print('placed', placed);
print('status', (await info.orderStatus({ user, oid: c })).order.status);
await exchange.modify({ oid: c, order: limit(perp, true, bid * 0.89, '2', 'Alo', { c }) });
const open = await info.openOrders({ user });
print('open', open.map(({ coin, side, sz, cloid }) => ({ coin, side, sz, cloid })));
await exchange.cancel({ cancels: [{ a: perp, o: open[0].oid }] });
print('left', (await info.openOrders({ user })).length);

const other = await info.l2Book({ coin: pair.name });
const both = statuses(
  await exchange.order({
    orders: [
      limit(spot, true, other.levels[1][0].px * 1.01, '1', 'Ioc'),
      limit(perp, false, bid * 0.99, '1', 'Ioc'),
    ],
    grouping: 'na',
  }),
).map((status) => status.filled);
print('both', both.map((filled) => filled.totalSz));
await until(() => both.every(({ oid }) => streamed.some(([kind, id]) => kind === 'fill' && id === oid)));
await until(() => frames.l2Book > 1);
print('streamed', streamed.map(([kind, , what]) => kind + ' ' + what));

try {
  await exchange.order({ orders: [limit(perp, true, bid, '0.01', 'Gtc')], grouping: 'na' });
  print('refused', 'nothing');
} catch (refusal) {
  print('refused', refusal.message);
}
print('fills', (await info.userFills({ user })).map(({ coin, px, sz, side, fee, feeToken }) => ({ coin, px, sz, side, fee, feeToken })));
print('balances', (await info.spotClearinghouseState({ user })).balances.map(({ coin, total }) => ({ coin, total })));
const state = await info.clearinghouseState({ user });
print('positions', state.assetPositions.map(({ position }) => ({ coin: position.coin, szi: position.szi })));
process.exit(0);
