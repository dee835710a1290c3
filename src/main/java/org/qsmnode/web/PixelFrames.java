package org.qsmnode.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;

/** The native pixels of an object, integers or floats, frame by frame, in little endian. */
final class PixelFrames {

  private final Attributes dataSet;
  private final int tag;
  private final byte[] pixels;
  private final int frameBytes;

  private PixelFrames(Attributes dataSet, int tag, byte[] pixels, int frameBytes) {
    this.dataSet = dataSet;
    this.tag = tag;
    this.pixels = pixels;
    this.frameBytes = frameBytes;
  }

  /** Reads a Part 10 file; 404 without pixels, 406 if they are compressed. */
  static PixelFrames read(Path file) throws IOException {
    try (DicomInputStream in =
        new DicomInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Attributes dataSet = in.readDataset();
      int tag = dataSet.containsValue(Tag.FloatPixelData) ? Tag.FloatPixelData : Tag.PixelData;
      if (!dataSet.containsValue(tag)) {
        throw new HttpRefusal(HttpRefusal.NOT_FOUND, "The object has no pixels.");
      }
      if (!(dataSet.getValue(tag) instanceof byte[])) {
        throw new HttpRefusal(HttpRefusal.NOT_ACCEPTABLE, "The pixels are compressed.");
      }
      byte[] pixels = dataSet.getBytes(tag);
      VR vr = dataSet.getVR(tag);
      int bits =
          dataSet.getInt(Tag.Rows, 0)
              * dataSet.getInt(Tag.Columns, 0)
              * dataSet.getInt(Tag.SamplesPerPixel, 1)
              * dataSet.getInt(Tag.BitsAllocated, 0);
      return new PixelFrames(
          dataSet, tag, dataSet.bigEndian() ? vr.toggleEndian(pixels, true) : pixels, bits / 8);
    }
  }

  /** The data set that the pixels belong to. */
  Attributes dataSet() {
    return dataSet;
  }

  /** The element that holds the pixels. */
  int tag() {
    return tag;
  }

  boolean areFloats() {
    return tag == Tag.FloatPixelData;
  }

  /** Number of frames. */
  int count() {
    return dataSet.getInt(Tag.NumberOfFrames, 1);
  }

  /** The bytes of all frames. */
  byte[] all() {
    return pixels.clone();
  }

  /**
   * The bytes of a frame.
   *
   * @param number 1-based
   */
  byte[] frame(int number) throws HttpRefusal {
    long end = (long) number * frameBytes;
    if (number < 1 || frameBytes == 0 || end > pixels.length) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "The object has no such frame.");
    }
    return Arrays.copyOfRange(pixels, (number - 1) * frameBytes, (int) end);
  }
}
