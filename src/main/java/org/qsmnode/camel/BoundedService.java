package org.qsmnode.camel;

import java.io.IOException;
import java.io.OutputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomStreamException;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.DicomService;
import org.dcm4che3.net.service.DicomServiceException;
import org.qsmnode.series.header.HeaderTooLargeException;
import org.qsmnode.series.header.LimitedDataSet;

/**
 * A service whose requests carry data sets of limited size: identifiers of queries and lists of
 * objects. A longer one is answered A700 (PS3.4 Table C.4-1: out of resources) and not kept.
 */
final class BoundedService implements DicomService {

  /** Identifiers of queries have a kilobyte; a list of 10,000 UIDs has 640. */
  static final long IDENTIFIER_BYTES = 1L << 20;

  /** A commitment request of 20,000 objects has some 3 MiB. */
  static final long OBJECT_LIST_BYTES = 4L << 20;

  private final DicomService service;
  private final long mostBytes;

  /**
   * Bounds a service.
   *
   * @param mostBytes length, inflated, of the data set of one request
   */
  BoundedService(DicomService service, long mostBytes) {
    this.service = service;
    this.mostBytes = mostBytes;
  }

  @Override
  public String[] getSOPClasses() {
    return service.getSOPClasses();
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes command,
      PDVInputStream data)
      throws IOException {
    service.onDimseRQ(
        association, context, dimse, command, data == null ? data : new Bounded(data, mostBytes));
  }

  @Override
  public void onClose(Association association) {
    service.onClose(association);
  }

  private static final class Bounded extends PDVInputStream {

    private final PDVInputStream data;
    private final long mostBytes;

    Bounded(PDVInputStream data, long mostBytes) {
      this.data = data;
      this.mostBytes = mostBytes;
    }

    @Override
    public Attributes readDataset(String transferSyntaxUid) throws IOException {
      try {
        return LimitedDataSet.read(this, transferSyntaxUid, mostBytes);
      } catch (DicomStreamException | HeaderTooLargeException e) {
        data.skipAll();
        throw new DicomServiceException(
            Status.OutOfResources, "the data set is too long or not readable");
      }
    }

    @Override
    public int read() throws IOException {
      return data.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return data.read(bytes, offset, length);
    }

    @Override
    public void copyTo(OutputStream out, int length) throws IOException {
      data.copyTo(out, length);
    }

    @Override
    public void copyTo(OutputStream out) throws IOException {
      data.copyTo(out);
    }

    @Override
    public long skipAll() throws IOException {
      return data.skipAll();
    }
  }
}
