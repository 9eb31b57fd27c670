import type { Preprocessing } from '../../../../shared/domain/preprocessing';
import { numberLiteral } from './number-literal';

/** A class that applies the contract; the numbers in it are the contract's. */
export function swiftSnippet(contract: Preprocessing, stem: string): string {
  const { width, height, cropFraction, mean, std } = contract;
  const list = (values: readonly number[]) => values.map((v) => numberLiteral(v, '')).join(', ');
  return `// Podfile: pod 'TensorFlowLiteSwift'
// Add ${stem}.tflite and labels.txt to the app's target.
import CoreGraphics
import Foundation
import TensorFlowLite

/// Make one and keep it. Not for two threads at once.
final class Classifier {
    enum Failure: Error { case missingFile, unreadablePhoto }

    private let labels: [String]
    private let interpreter: Interpreter
    private let mean: [Float] = [${list(mean)}]
    private let std: [Float] = [${list(std)}]

    init(bundle: Bundle = .main) throws {
        guard let model = bundle.path(forResource: "${stem}", ofType: "tflite"),
              let names = bundle.path(forResource: "labels", ofType: "txt") else { throw Failure.missingFile }
        labels = try String(contentsOfFile: names, encoding: .utf8).split(separator: "\\n").map(String.init)
        interpreter = try Interpreter(modelPath: model)
        try interpreter.allocateTensors()
    }

    /// \`photo\` must be upright: apply the orientation first. Labels with probabilities, best first.
    func classify(_ photo: CGImage) throws -> [(label: String, probability: Float)] {
        let side = max(1, Int((${numberLiteral(cropFraction, '')} * Double(min(photo.width, photo.height))).rounded()))
        let square = CGRect(x: (photo.width - side) / 2, y: (photo.height - side) / 2, width: side, height: side)
        guard let cropped = photo.cropping(to: square),
              let colors = CGColorSpace(name: CGColorSpace.sRGB) else { throw Failure.unreadablePhoto }
        var rgba = [UInt8](repeating: 255, count: ${width} * ${height} * 4)
        let drawn = rgba.withUnsafeMutableBytes { bytes -> Bool in
            guard let context = CGContext(data: bytes.baseAddress, width: ${width}, height: ${height},
                                          bitsPerComponent: 8, bytesPerRow: ${width} * 4, space: colors,
                                          bitmapInfo: CGImageAlphaInfo.noneSkipLast.rawValue) else { return false }
            context.interpolationQuality = .high
            context.draw(cropped, in: CGRect(x: 0, y: 0, width: ${width}, height: ${height}))
            return true
        }
        guard drawn else { throw Failure.unreadablePhoto }
        ${swiftInput(contract)}
        try interpreter.copy(input, toInputAt: 0)
        try interpreter.invoke()
        let output = try interpreter.output(at: 0).data
        ${swiftOutput(contract)}
        return zip(labels, probabilities).map { (label: $0, probability: $1) }
            .sorted { $0.probability > $1.probability }
    }
}
`;
}

function swiftInput({ width, height, input }: Preprocessing): string {
  const loop = (type: string, store: string) => `var values = [${type}]()
        values.reserveCapacity(${width} * ${height} * 3)
        for pixel in stride(from: 0, to: rgba.count, by: 4) {
            for channel in 0..<3 {
                let real = (Float(rgba[pixel + channel]) - mean[channel]) / std[channel]
                ${store}
            }
        }
        let input = values.withUnsafeBufferPointer { Data(buffer: $0) }`;
  if (input.type === 'float32') return loop('Float', 'values.append(real)');
  const type = input.type === 'uint8' ? 'UInt8' : 'Int8';
  return loop(
    type,
    `values.append(${type}(clamping: Int((real / ${numberLiteral(input.scale, '')}).rounded()) + ${input.zeroPoint}))`,
  );
}

function swiftOutput({ output }: Preprocessing): string {
  if (output.type === 'float32') {
    return `var probabilities = [Float](repeating: 0, count: labels.count)
        _ = probabilities.withUnsafeMutableBytes { output.copyBytes(to: $0) }`;
  }
  const byte = output.type === 'uint8' ? '$0' : 'Int8(bitPattern: $0)';
  return `let probabilities = output.map { ${numberLiteral(output.scale, '')} * Float(Int(${byte}) - (${output.zeroPoint})) }`;
}
