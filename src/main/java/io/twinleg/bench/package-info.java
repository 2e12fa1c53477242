/**
 * The figures of {@code bench}: what the program's own paths cost, each beside what it costs at
 * least or what else does the same, measured in turn in one process. May import what it measures;
 * only {@code cli} imports it. Runs on the main thread; its peer of the loopback socket is a thread
 * of its own.
 */
package io.twinleg.bench;
