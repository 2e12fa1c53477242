/**
 * The commands over a folder of recordings: {@code history}, {@code scan}, {@code backtest} and
 * {@code sweep}. May import every package but {@code cli} itself.
 */
package io.twinleg.cli.research;
