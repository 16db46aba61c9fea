// The machine's twin on the host: the same build of dmp-kiosk with the same site and screen, in an
// Xvfb, with a robot. It shows what the machine's screen must look like, and tells where its
// buttons are: the machine itself has no such door.
#pragma once

#include "kiosk/desk/desk.hpp"
#include "tests/image/machine/machine.hpp"
#include "tests/image/machine/site.hpp"

namespace machine {

class Twin {
  public:
    // Returns in attract, with the day open.
    static base::Result<std::unique_ptr<Twin>> start(Site::Places const& places, Site const& site);

    base::Result<void> insert(std::string_view profile);
    base::Result<void> remove();
    base::Result<void> wait_for(std::string_view state) { return desk_->robot().wait_for(state); }
    base::Result<void> tap(std::string_view widget) { return desk_->robot().tap(widget); }

    base::Result<Picture> picture();
    struct Point {
        double x = 0;
        double y = 0;
    };
    // The middle of a widget that is on the screen and enabled.
    base::Result<Point> middle_of(std::string_view widget);

  private:
    explicit Twin(std::unique_ptr<desk::Desk> desk) : desk_(std::move(desk)) {}

    std::unique_ptr<desk::Desk> desk_;
};

}  // namespace machine
