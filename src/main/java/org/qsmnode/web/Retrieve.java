package org.qsmnode.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.store.QueryLevel;
import org.qsmnode.store.RetrievableInstance;
import org.qsmnode.store.RetrievableObjects;

/** Answers retrievals (WADO-RS, PS3.18 10.4); 404 where nothing is found. */
final class Retrieve {

  private static final String DICOM = "application/dicom";
  private static final String OCTETS = "application/octet-stream";

  private final RetrievableObjects objects;

  Retrieve(RetrievableObjects objects) {
    this.objects = objects;
  }

  /** The objects as Part 10 files, in the transfer syntax that they have. */
  Reply instances(QueryLevel level, WebRequest request) throws IOException {
    List<RetrievableInstance> found = found(level, request);
    for (MediaRange range : request.accepted()) {
      boolean syntax =
          found.stream()
              .allMatch(
                  one -> range.takesSyntax(one.transferSyntaxUid(), UID.ExplicitVRLittleEndian));
      if (syntax && range.takesMultipart(DICOM)) {
        return new MultipartWriter(DICOM)
            .reply(
                found.stream()
                    .<MultipartWriter.Part>map(one -> () -> Files.newInputStream(one.file()))
                    .toList());
      }
      if (syntax && range.takes(DICOM) && found.size() == 1) {
        return Reply.ok(DICOM, Files.newInputStream(found.get(0).file()));
      }
    }
    throw notAcceptable("multipart/related of application/dicom, as stored");
  }

  /** The data sets in JSON, with a link in place of pixels. */
  Reply metadata(QueryLevel level, WebRequest request) throws IOException {
    List<RetrievableInstance> found = found(level, request);
    if (request.accepted().stream().noneMatch(MediaRange::takesDicomJson)) {
      throw notAcceptable(Reply.DICOM_JSON);
    }
    List<DicomJson.Linked> dataSets = new ArrayList<>();
    for (RetrievableInstance one : found) {
      dataSets.add(linked(one, request.base()));
    }
    return Reply.ok(Reply.DICOM_JSON, DicomJson.linked(dataSets));
  }

  /** Frames as they are stored; one of them also without the multipart wrapping. */
  Reply frames(WebRequest request) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    PixelFrames pixels = pixels(request);
    for (int number : numbers(request)) {
      frames.add(pixels.frame(number));
    }
    return octets(frames, request);
  }

  /** All pixels of an object, by the element that holds them. */
  Reply bulkData(WebRequest request) throws IOException {
    PixelFrames pixels = pixels(request);
    if (!request.after("bulkdata").equalsIgnoreCase("%08X".formatted(pixels.tag()))) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "The object has no such bulk data.");
    }
    return octets(List.of(pixels.all()), request);
  }

  private static Reply octets(List<byte[]> values, WebRequest request) throws IOException {
    for (MediaRange range : request.accepted()) {
      if (range.takesSyntax(UID.ExplicitVRLittleEndian, UID.ExplicitVRLittleEndian)) {
        if (range.takesMultipart(OCTETS)) {
          return new MultipartWriter(OCTETS)
              .reply(
                  values.stream()
                      .<MultipartWriter.Part>map(value -> () -> new ByteArrayInputStream(value))
                      .toList());
        }
        if (range.takes(OCTETS) && values.size() == 1) {
          return Reply.ok(OCTETS, values.get(0));
        }
      }
    }
    throw notAcceptable("multipart/related of application/octet-stream");
  }

  PixelFrames pixels(WebRequest request) throws IOException {
    return PixelFrames.read(found(QueryLevel.IMAGE, request).get(0).file());
  }

  List<RetrievableInstance> found(QueryLevel level, WebRequest request) throws IOException {
    List<RetrievableInstance> found = objects.instances(level, request.uniqueKeys());
    if (found.isEmpty()) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "There is no such object.");
    }
    for (RetrievableInstance one : found) {
      if (!one.isWhole()) {
        throw new HttpRefusal(
            HttpRefusal.NOT_FOUND, "A file is missing or is not what was written.");
      }
    }
    return found;
  }

  private static DicomJson.Linked linked(RetrievableInstance one, String base) throws IOException {
    try (DicomInputStream in =
        new DicomInputStream(new BufferedInputStream(Files.newInputStream(one.file())))) {
      Attributes dataSet = in.readDatasetUntilPixelData();
      int tag = in.tag();
      return new DicomJson.Linked(
          dataSet,
          tag == Tag.PixelData || tag == Tag.FloatPixelData
              ? Map.of(
                  tag,
                  "%s/bulkdata/%08X".formatted(Search.url(QueryLevel.IMAGE, dataSet, base), tag))
              : Map.of());
    }
  }

  static List<Integer> numbers(WebRequest request) throws HttpRefusal {
    String frames = request.after("frames");
    if (!frames.matches("([0-9]{1,6}(,[0-9]{1,6})*)?")) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "Frames are numbers with commas between.");
    }
    List<Integer> numbers = new ArrayList<>();
    for (String number : (frames.isEmpty() ? "1" : frames).split(",", -1)) {
      numbers.add(Integer.parseInt(number));
    }
    return numbers;
  }

  static HttpRefusal notAcceptable(String offered) {
    return new HttpRefusal(HttpRefusal.NOT_ACCEPTABLE, "The answer can only be " + offered + ".");
  }
}
