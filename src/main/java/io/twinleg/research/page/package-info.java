/**
 * Pages of results: one HTML file each, which needs nothing else. May import {@code research} and
 * {@code core.model}.
 */
package io.twinleg.research.page;
