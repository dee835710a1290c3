package org.dcm4che3.data;

import java.io.IOException;
import org.dcm4che3.io.DicomEncodingOptions;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.util.ByteUtils;

/** A value of an element that is neither text nor a byte array. */
public interface Value {

  /** The value of zero length. */
  Value NULL =
      new Value() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public byte[] toBytes(VR vr, boolean bigEndian) {
          return ByteUtils.EMPTY_BYTES;
        }

        @Override
        public void writeTo(DicomOutputStream out, VR vr) {}

        @Override
        public int calcLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
          return 0;
        }

        @Override
        public int getEncodedLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr) {
          return 0;
        }

        @Override
        public String toString() {
          return "";
        }
      };

  boolean isEmpty();

  /** The encoded value in the byte order asked for. */
  byte[] toBytes(VR vr, boolean bigEndian) throws IOException;

  /** Writes the encoded value, without header and closing delimiter of the element. */
  void writeTo(DicomOutputStream out, VR vr) throws IOException;

  /** The number of bytes of the value, with the closing delimiter where it has one. */
  int calcLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr);

  /** The length for the header of the element, -1 where it is undefined. */
  int getEncodedLength(DicomEncodingOptions encOpts, boolean explicitVR, VR vr);
}
