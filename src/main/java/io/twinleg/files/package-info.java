/**
 * Files that only their owner may read or write: keys, journals, logs and locks. May import nothing
 * of ours. Any thread.
 */
package io.twinleg.files;
