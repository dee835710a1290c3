package org.dcm4che3.net;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomOutputStream;

/** Encodes a data set held in memory. */
public class DataWriterAdapter implements DataWriter {

  private final Attributes dataset;

  public DataWriterAdapter(Attributes dataset) {
    this.dataset = dataset;
  }

  /** Returns a writer, or null for no data set. */
  public static DataWriterAdapter forAttributes(Attributes dataset) {
    return dataset == null ? null : new DataWriterAdapter(dataset);
  }

  @Override
  public void writeTo(PDVOutputStream out, String tsuid) throws IOException {
    @SuppressWarnings("resource") // closing it would end the message before its last fragment
    DicomOutputStream dos = new DicomOutputStream(out, tsuid);
    dos.writeDataset(null, dataset);
    dos.finish();
  }

  public final Attributes getDataset() {
    return dataset;
  }
}
