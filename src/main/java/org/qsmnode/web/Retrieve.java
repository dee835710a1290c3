package org.qsmnode.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
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
  private static final String PNG = "image/png";

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
    if (request.accepted().stream()
        .noneMatch(range -> range.takes(Reply.DICOM_JSON) || range.takes("application/json"))) {
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
    List<MultipartWriter.Part> parts = new ArrayList<>();
    PixelFrames pixels = pixels(request);
    for (int number : numbers(request)) {
      byte[] frame = pixels.frame(number);
      parts.add(() -> new ByteArrayInputStream(frame));
    }
    for (MediaRange range : request.accepted()) {
      if (range.takesSyntax(UID.ExplicitVRLittleEndian, UID.ExplicitVRLittleEndian)) {
        if (range.takesMultipart(OCTETS)) {
          return new MultipartWriter(OCTETS).reply(parts);
        }
        if (range.takes(OCTETS) && parts.size() == 1) {
          return Reply.ok(OCTETS, parts.get(0).open());
        }
      }
    }
    throw notAcceptable("multipart/related of application/octet-stream");
  }

  /** The first frame, or the one that the path names, as a picture. */
  Reply rendered(WebRequest request) throws IOException {
    PixelFrames pixels = pixels(request);
    if (request.accepted().stream().noneMatch(range -> range.takes(PNG))) {
      throw notAcceptable(PNG);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(RenderedFrame.draw(pixels, numbers(request).get(0)), "png", bytes);
    return Reply.ok(PNG, bytes.toByteArray());
  }

  private PixelFrames pixels(WebRequest request) throws IOException {
    return PixelFrames.read(found(QueryLevel.IMAGE, request).get(0).file());
  }

  private List<RetrievableInstance> found(QueryLevel level, WebRequest request) throws IOException {
    List<RetrievableInstance> found = objects.instances(level, request.uniqueKeys());
    if (found.isEmpty() || !found.stream().allMatch(one -> Files.exists(one.file()))) {
      throw new HttpRefusal(HttpRefusal.NOT_FOUND, "There is no such object.");
    }
    return found;
  }

  private static DicomJson.Linked linked(RetrievableInstance one, String base) throws IOException {
    try (DicomInputStream in =
        new DicomInputStream(new BufferedInputStream(Files.newInputStream(one.file())))) {
      Attributes dataSet = in.readDatasetUntilPixelData();
      return new DicomJson.Linked(
          dataSet,
          in.tag() == Tag.PixelData
              ? Map.of(Tag.PixelData, Search.url(QueryLevel.IMAGE, dataSet, base) + "/frames/1")
              : Map.of());
    }
  }

  private static List<Integer> numbers(WebRequest request) throws HttpRefusal {
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

  private static HttpRefusal notAcceptable(String offered) {
    return new HttpRefusal(HttpRefusal.NOT_ACCEPTABLE, "The answer can only be " + offered + ".");
  }
}
