package org.dcm4che3.io;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;

/**
 * Decides what becomes of each element, item and fragment whose header a stream has read: either
 * reads its value by the method of the stream with the same name and arguments, or goes past it.
 */
public interface DicomInputHandler {

  void readValue(DicomInputStream dis, Attributes attrs) throws IOException;

  void readValue(DicomInputStream dis, Sequence seq) throws IOException;

  void readValue(DicomInputStream dis, Fragments frags) throws IOException;

  void startDataset(DicomInputStream dis) throws IOException;

  void endDataset(DicomInputStream dis) throws IOException;
}
