/**
 * The safe: where a signing key lies, and how it is taken out. May import nothing of ours, and only
 * {@code app} may import it. A {@link io.twinleg.keys.Secret} is wiped by whoever opened it;
 * nothing here says a key or a passphrase in a text, an exception or a log.
 */
package io.twinleg.keys;
