/**
 * The write-ahead log: every event and the commands it caused, durable before anything is sent. May
 * import {@code core.model} and {@code core.event}, to which it gives no meaning, and {@code
 * files}. The runner's thread is the only writer; readers open the journal for themselves, on any
 * thread.
 */
package io.twinleg.journal;
