/**
 * Remembers what was decided and why: every event and the commands it caused, durable before
 * anything is sent. May import {@code core.model} and {@code core.event}, and gives neither a
 * meaning. The runner's thread is the only writer; readers open it for themselves, on any thread.
 */
package io.twinleg.journal;
