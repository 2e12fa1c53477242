/**
 * Which rule of one capital over many coins would have earned what, chosen before it was earned: by
 * rates alone, with the core's own forecast and allocation. May import {@code core} and {@code
 * history}.
 */
package io.twinleg.research.walk;
