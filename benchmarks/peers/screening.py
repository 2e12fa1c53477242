"""The rule of `./twinleg bench screening` in numpy, a set after another over a year of hours, on one core.

Enters above one averaged rate, leaves below another, fills an hour later at the far side, pays fees and half-spreads.
Once without and once with the expected-value gate. No margin, lots, cooldown or drawdown: less than the kernel does.
"""
import time
import numpy as np

HOURS, HISTORY, SETS, ROUNDS = 8760, 720, 64, 9
FEES, HALF_SPREADS = 0.0007 + 0.00045, 0.0003
random = np.random.default_rng(1)
noise = random.standard_normal(HISTORY + HOURS)
rate = np.empty(HISTORY + HOURS)
last = 2e-5
for i, each in enumerate(noise):
    last += 0.05 * (2e-5 - last) + 1e-5 * each
    rate[i] = last
spot = 30 * np.cumprod(1 + 0.008 * random.standard_normal(HOURS))
perp = spot * (1 + 3e-4 * random.standard_normal(HOURS))
sums = np.concatenate([[0], np.cumsum(rate)])
basis = perp / spot - 1
paid = np.concatenate([[0], perp[:-1] * rate[HISTORY + 1:]])
row = np.arange(HOURS)


def forecast():
    """Mean and persistence of the 720 hours before each row: worked out once, for all sets."""
    windows = np.lib.stride_tricks.sliding_window_view(rate, HISTORY)[1:]
    mean = windows.mean(axis=1)
    away = windows - mean[:, None]
    phi = np.clip((away[:, 1:] * away[:, :-1]).sum(axis=1) / (away[:, :-1] ** 2).sum(axis=1), 0, 0.995)
    return mean, phi


MEAN, PHI = forecast()
MEAN_BASIS = np.convolve(basis, np.ones(24) / 24)[:HOURS]


def run(window, enter, leave, horizon, gated):
    signal = (sums[HISTORY + 1:] - sums[HISTORY + 1 - window:-window]) / window * 8760
    enters = signal >= enter
    if gated:
        expected = horizon * MEAN + (rate[HISTORY:] - MEAN) * PHI * (1 - PHI**horizon) / (1 - PHI)
        cost = 2 * FEES - (basis - HALF_SPREADS) + MEAN_BASIS + HALF_SPREADS
        enters &= expected - cost >= 3e-4
    leaves = signal <= leave
    turn = np.where(leaves, 0, np.where(enters, 1, -1))  # the last word counts until the next one
    said = np.maximum.accumulate(np.where(turn >= 0, row, 0))
    wanted = np.maximum(turn[said], 0)
    held = np.concatenate([[0], wanted[:-1]])  # filled an hour later
    traded = np.abs(np.diff(held, prepend=0))
    moved = held[:-1] * (np.diff(spot) - np.diff(perp))
    gained = np.concatenate([[0], moved]) + held * paid - traded * (FEES + HALF_SPREADS) * spot
    equity = np.cumsum(gained)
    fall = np.max(np.maximum.accumulate(equity) - equity)
    return equity[-1], fall, traded.sum()


for gated in (False, True):
    speeds = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        for i in range(SETS):
            run((1, 8, 24, 72, 168, 336, 504, 720)[i % 8], 0.06 + 0.02 * (i // 8 % 4), -0.1 + 0.05 * (i // 32), 168, gated)
        speeds.append(SETS * HOURS / (time.thread_time() - begun))
    print(f"numpy {np.__version__}, {'with' if gated else 'without'} the gate: "
          f"{np.median(speeds):.3g} market-hours per CPU-second (highest {max(speeds):.3g})")
