// swift-tools-version:5.7
import PackageDescription

let package = Package(
  name: "PocketlensCore",
  platforms: [.iOS(.v15), .macOS(.v12)],
  products: [
    .library(name: "PocketlensCore", targets: ["PocketlensCore"]),
    .library(name: "PocketlensPhotos", targets: ["PocketlensPhotos"]),
  ],
  targets: [
    // All that needs no phone: Foundation alone, also on Linux.
    .target(name: "PocketlensCore"),
    // Photos from and to Apple's ImageIO; empty elsewhere.
    .target(name: "PocketlensPhotos", dependencies: ["PocketlensCore"]),
    .testTarget(name: "PocketlensCoreTests", dependencies: ["PocketlensCore", "PocketlensPhotos"]),
  ]
)
