/**
 * The configuration: the table of its keys, the reader (JSON with the line of each value, the old
 * flat form, the environment, {@code --set}), the checks with key, line and range, and references
 * to secrets. Imports the settings records of the core; opens no key, no socket and no journal.
 * Runs on the main thread, before anything else starts.
 */
package io.twinleg.config;
