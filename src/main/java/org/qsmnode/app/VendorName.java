package org.qsmnode.app;

import org.qsmnode.simulate.dicom.Vendor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a vendor's name on the command line. */
final class VendorName implements ITypeConverter<Vendor> {

  @Override
  public Vendor convert(String name) {
    try {
      return Vendor.named(name);
    } catch (IllegalArgumentException unknown) {
      throw new TypeConversionException(unknown.getMessage());
    }
  }
}
