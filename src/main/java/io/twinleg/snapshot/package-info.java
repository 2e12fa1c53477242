/**
 * Objects as bytes, and back: what a snapshot in the journal holds. Knows no class of the program;
 * imports nothing of ours. A field that is {@code transient} comes from the configuration, or is
 * worked out anew, and is no part of a snapshot.
 */
package io.twinleg.snapshot;
