/**
 * The flags that several commands have, and how their values are read. May import {@code bootstrap}
 * and {@code core.model}.
 */
package io.twinleg.cli.options;
