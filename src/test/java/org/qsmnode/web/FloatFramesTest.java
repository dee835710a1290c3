package org.qsmnode.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.FolderObjects;
import org.qsmnode.camel.MrImage;
import org.qsmnode.store.QueryLevel;

/** A Parametric Map of two frames of 256 x 128, whose window is in what its frames share. */
class FloatFramesTest {

  private static final String OCTETS = "application/octet-stream";
  private static final int FRAME = 256 * 128 * Float.BYTES;
  private static final String BASE = "http://node/dicom-web";
  private static final String MAP = "/studies/1.2.3/series/1.2.3.1/instances/1.2.3.1.1";

  @TempDir static Path folder;

  private static Retrieve retrieve;

  @BeforeAll
  static void write() throws IOException {
    Attributes map = MrImage.of("1.2.3.1.1");
    map.setString(Tag.SOPClassUID, VR.UI, UID.ParametricMapStorage);
    map.remove(Tag.PixelData);
    map.setInt(Tag.NumberOfFrames, VR.IS, 2);
    map.setInt(Tag.Rows, VR.US, 128);
    map.setInt(Tag.Columns, VR.US, 256);
    map.setInt(Tag.BitsAllocated, VR.US, 32);
    map.setFloat(Tag.FloatPixelPaddingValue, VR.FL, -1);
    Attributes shared = new Attributes();
    map.newSequence(Tag.SharedFunctionalGroupsSequence, 1).add(shared);
    Attributes display = new Attributes();
    shared.newSequence(Tag.FrameVOILUTSequence, 1).add(display);
    display.setString(Tag.WindowCenter, VR.DS, "0");
    display.setString(Tag.WindowWidth, VR.DS, "100");
    ByteBuffer pixels = ByteBuffer.allocate(2 * FRAME).order(ByteOrder.LITTLE_ENDIAN);
    pixels.putFloat(FRAME + 4, 50.25f);
    pixels.putFloat(FRAME + 12, -1);
    map.setBytes(Tag.FloatPixelData, VR.OF, pixels.array());
    MrImage.write(map, UID.ExplicitVRLittleEndian, folder.resolve("map.dcm"));
    retrieve = new Retrieve(new FolderObjects(folder));
  }

  private static WebRequest ask(String path, String accept) {
    return new WebRequest(BASE, MAP + path, "", accept);
  }

  private static byte[] bytes(Reply reply) {
    assertEquals(200, reply.status());
    return (byte[]) Objects.requireNonNull(reply.body());
  }

  private static BufferedImage picture(Reply reply) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(reply)));
  }

  @Test
  void metadataSayWhereTheFloatsAre() throws Exception {
    JsonNode pixels =
        new ObjectMapper()
            .readTree(bytes(retrieve.metadata(QueryLevel.IMAGE, ask("/metadata", ""))))
            .get(0)
            .path("7FE00008");
    assertEquals("OF", pixels.path("vr").asText());
    assertEquals(BASE + MAP + "/bulkdata/7FE00008", pixels.path("BulkDataURI").asText());
  }

  @Test
  void aFrameIsItsNumbersAndBulkDataAreAllFrames() throws Exception {
    byte[] second = bytes(retrieve.frames(ask("/frames/2", OCTETS)));
    assertEquals(FRAME, second.length);
    assertEquals(50.25f, ByteBuffer.wrap(second).order(ByteOrder.LITTLE_ENDIAN).getFloat(4));
    assertEquals(2 * FRAME, bytes(retrieve.bulkData(ask("/bulkdata/7FE00008", OCTETS))).length);
    assertThrows(HttpRefusal.class, () -> retrieve.frames(ask("/frames/3", OCTETS)));
    assertThrows(HttpRefusal.class, () -> retrieve.bulkData(ask("/bulkdata/7FE00010", OCTETS)));
  }

  @Test
  void aPictureHasTheWindowOfAllFrames() throws Exception {
    BufferedImage picture =
        picture(new Pictures(retrieve).rendered(ask("/frames/2/rendered", "image/png")));
    assertEquals(255, picture.getRaster().getSample(1, 0, 0), "50.25 is at the top of 0 +- 50");
    assertEquals(128, picture.getRaster().getSample(2, 0, 0), 1, "0 is in the middle");
    assertEquals(0, picture.getRaster().getSample(3, 0, 0), "padding is black");
  }

  @Test
  void aThumbnailKeepsTheShapeAndIsSmall() throws Exception {
    BufferedImage small =
        picture(
            new Pictures(retrieve)
                .thumbnail(QueryLevel.STUDY, new WebRequest(BASE, "/studies/1.2.3", "", "")));
    assertEquals(128, small.getWidth());
    assertEquals(64, small.getHeight());
  }
}
