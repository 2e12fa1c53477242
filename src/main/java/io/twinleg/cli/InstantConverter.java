package io.twinleg.cli;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An instant on the command line: 2025-02-01T00:00:00Z. */
final class InstantConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException none) {
      throw new TypeConversionException(
          "'" + value + "' is no instant: expected one such as 2025-02-01T00:00:00Z");
    }
  }
}
