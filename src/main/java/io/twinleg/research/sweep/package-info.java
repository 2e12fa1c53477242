/**
 * Many sets of parameters over one history: the screening kernel, what is kept of a sweep, and how
 * much of its best result is choice. May import the whole {@code core} and {@code history}. What is
 * shared between threads is never changed; a kernel belongs to one thread.
 */
package io.twinleg.research.sweep;
