package io.twinleg.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A whole number on the command line. */
final class LongConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String value) {
    if (!value.matches("-?[0-9]{1,18}")) {
      throw new TypeConversionException(
          "'" + value + "' is no whole number: expected one such as 7");
    }
    return Long.valueOf(value);
  }
}
